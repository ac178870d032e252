# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/dayroute
# Dependencies first: this layer is made anew only when a lock changes.
COPY requirements.txt ./
RUN /opt/dayroute/bin/pip install --require-hashes -r requirements.txt
# Programs that make road data and answer from them; the wheel is for a later Python, they need none.
COPY requirements-roads.txt ./
RUN /opt/dayroute/bin/pip install --require-hashes --no-deps --only-binary :all: --python-version 3.12 \
    --target /opt/dayroute/lib/python3.11/site-packages -r requirements-roads.txt
COPY requirements-build.txt ./
RUN python -m pip install --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY api ./api
COPY service ./service
COPY solver ./solver
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/dayroute/bin/pip install --no-deps --no-index dist/*.whl
# Kept beside its sources, for processors like this one; on another kind each container compiles it for itself, once.
# What root has compiled nobody else could read, and a container is not root.
RUN /opt/dayroute/bin/dayroute warm \
    && chmod --recursive u=rwX,go=rX /opt/dayroute/lib/python3.11/site-packages/solver/search/__pycache__

FROM python:3.11-slim
# What it compiles or takes over from the image it keeps below its home, the folder that can be written to.
RUN useradd --system --uid 10001 --home-dir /var/lib/dayroute --no-create-home --shell /usr/sbin/nologin dayroute \
    && install --directory --owner dayroute /var/lib/dayroute
COPY --from=build /opt/dayroute /opt/dayroute
ENV PATH=/opt/dayroute/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DAYROUTE_DATA=/var/lib/dayroute
# By number, so that an orchestrator can see that it is not root.
USER 10001
WORKDIR /var/lib/dayroute
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# Whoever publishes the port decides who can reach it; compose.yaml keeps it on this machine.
CMD ["dayroute", "serve", "--host", "0.0.0.0", "--port", "8000", "--without-keys"]
