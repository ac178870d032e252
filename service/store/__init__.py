"""Where everything is kept that is to last: ``protocol`` says what that means, the others are a database."""
