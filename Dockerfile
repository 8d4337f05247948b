# Two images: `app` (server, worker, command line) and `proxy` (Caddy with the static assets).
# Not run by the test suite: the build machines have no Docker engine.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
ENV CI=true
RUN npm install --global pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm --filter @wedsync/web --filter @wedsync/admin run build
# Without optional packages: the image has its own Node, and PostgreSQL is another container.
RUN rm -rf node_modules apps/*/node_modules packages/*/node_modules \
  && pnpm install --frozen-lockfile --prod --no-optional \
  && rm -rf apps/web/src apps/admin/src apps/bench packages/ui packages/testing

FROM node:24.21.0-bookworm-slim AS app
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build --chown=root:root /app /app
RUN install -d -o 1000 -g 1000 /var/lib/wedsync
USER 1000:1000
ENTRYPOINT ["node"]
CMD ["--max-semi-space-size=64", "apps/server/src/main.ts"]

FROM caddy:2-alpine AS proxy
COPY docker/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /app/apps/web/dist /srv/web
COPY --from=build /app/apps/admin/dist /srv/admin
RUN mkdir -p /data /config && chown -R 1000:1000 /data /config \
  # Ports above 1024 need no capability, and the file's own would clash with no-new-privileges.
  && cp /usr/bin/caddy /usr/bin/caddy-plain && mv /usr/bin/caddy-plain /usr/bin/caddy
USER 1000:1000
