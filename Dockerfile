# syntax=docker/dockerfile:1
# gemproxy with a Java of its own, for a user that is not root and a root that is read-only:
#   docker build -t gemproxy .
# docker-compose.yml and deploy/kubernetes/ say what it wants to be given.
FROM maven:3.9-eclipse-temurin-25 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends binutils curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# Caches fit jars of one time only, so every file gets it, here as in the packages.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -pl dist -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Dgemproxy.archive.skip=true \
    && sh dist/src/package/image.sh "$PWD/dist/target/gemproxy" 2026-01-01T00:00:00Z

FROM debian:bookworm-slim
RUN groupadd --system --gid 65532 gemproxy \
    && useradd --system --uid 65532 --gid 65532 --home-dir /var/lib/gemproxy --shell /usr/sbin/nologin gemproxy \
    && install -d -o gemproxy -g gemproxy -m 0750 /var/lib/gemproxy /var/log/gemproxy /run/gemproxy \
    && install -d -m 0755 /etc/gemproxy \
    && ln -s /usr/lib/gemproxy/bin/gemproxy /usr/lib/gemproxy/bin/gemproxy-cli /usr/bin/
COPY --from=build /src/dist/target/gemproxy /usr/lib/gemproxy
USER 65532:65532
WORKDIR /var/lib/gemproxy
VOLUME ["/var/lib/gemproxy", "/var/log/gemproxy"]
EXPOSE 8443
HEALTHCHECK --interval=30s --timeout=10s --retries=3 \
    CMD ["gemproxy-cli", "status", "--config", "/etc/gemproxy/proxy.yaml"]
ENTRYPOINT ["gemproxy"]
CMD ["--config", "/etc/gemproxy/proxy.yaml"]
