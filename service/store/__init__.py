"""Where plans are kept: ``protocol`` says what is needed, ``memory`` is the adapter that needs nothing."""
