#!/usr/bin/env bash
# The step of action.yml: installs halint, lints, annotates the changed lines, writes the job's summary and SARIF.
set -uo pipefail

# HALINT_COMMAND is for trying this without the registry.
if [ -n "${HALINT_COMMAND:-}" ]; then
  read -r -a halint <<<"$HALINT_COMMAND"
else
  version=${HALINT_VERSION:-}
  [ -n "$version" ] || version=$(node -p 'require(process.argv[1]).version' "$HALINT_ACTION/package.json")
  halint=(npx --yes "halint@$version")
fi

lines() { printf '%s\n' "$1" | sed 's/\r$//' | sed '/^[[:space:]]*$/d'; }

options=(--format github)
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || options+=(--format "markdown:$GITHUB_STEP_SUMMARY")
[ -z "${HALINT_SARIF:-}" ] || options+=(--format "sarif:$HALINT_SARIF")
[ -z "${HALINT_FAIL_ON:-}" ] || options+=(--fail-on "$HALINT_FAIL_ON")
if [ "${HALINT_CHANGED:-}" = true ] && [ -n "${HALINT_BASE:-}" ]; then options+=("--changed=origin/$HALINT_BASE"); fi
while IFS= read -r line; do options+=("$line"); done < <(lines "${HALINT_ARGUMENTS:-}")
paths=()
while IFS= read -r line; do paths+=("$line"); done < <(lines "${HALINT_PATHS:-.}")

"${halint[@]}" "${options[@]}" -- "${paths[@]}"
code=$?
[ -z "${GITHUB_OUTPUT:-}" ] || echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
