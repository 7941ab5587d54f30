/** A CI job: the file that it stands in, and its text. */
export interface CiJob {
  readonly file: string;
  readonly text: string;
}

const NODE = '22';

/** The CI jobs that `halint init --ci` writes, by the CI's name. */
export const CI_JOBS: Readonly<Record<'github' | 'gitlab', CiJob>> = {
  github: {
    file: '.github/workflows/halint.yml',
    text: `name: halint
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  halint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0    # halint --changed compares with the commit that the branch parted from
      - uses: actions/setup-node@v4
        with:
          node-version: ${NODE}
      - name: halint
        run: |
          if [ "$GITHUB_EVENT_NAME" = pull_request ]; then
            npx --yes halint --changed="origin/$GITHUB_BASE_REF" --format github
          else
            npx --yes halint --format github
          fi
`,
  },
  gitlab: {
    file: '.gitlab/halint.yml',
    text: `# Take it into .gitlab-ci.yml with
#   include: [{local: .gitlab/halint.yml}]
halint:
  image: node:${NODE}-alpine
  stage: test
  script:
    - npx --yes halint --format stylish --format gitlab:gl-code-quality-report.json --format junit:halint-junit.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: halint-junit.xml
`,
  },
};
