/** What makes pre-commit run halint: its config file, and the entry for one that is there already. */
export const PRE_COMMIT_FILE = '.pre-commit-config.yaml';

export const PRE_COMMIT_ENTRY = `  - repo: local
    hooks:
      - id: halint
        name: halint (high availability)
        entry: npx halint --changed
        language: system
        # A peer's file matters even when only one side changed: halint picks the files itself.
        pass_filenames: false
`;

export const PRE_COMMIT_CONFIG = `# pre-commit install  makes git run this before each commit (https://pre-commit.com).
repos:
${PRE_COMMIT_ENTRY}`;
