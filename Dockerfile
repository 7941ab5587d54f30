# docker build -t halint . && docker run --rm -v "$PWD:/repo" halint
FROM node:22-alpine AS build
WORKDIR /src
COPY . .
RUN npm ci --no-audit --no-fund && npm pack --ignore-scripts --pack-destination /tmp

FROM node:22-alpine
# git is for --changed.
RUN apk add --no-cache git
COPY --from=build /tmp/halint-*.tgz /tmp/halint.tgz
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/halint.tgz && rm /tmp/halint.tgz \
  && git config --system --add safe.directory '*'
USER node
WORKDIR /repo
ENTRYPOINT ["halint"]
