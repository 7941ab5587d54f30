import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

/** What a run of halint gave. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs halint in this process, in `cwd`. */
export async function runCli(
  argv: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
  isTTY = false,
  more: Partial<Io> = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(argv, {
    cwd,
    env,
    stdout: { write: (text) => void out.push(text), isTTY },
    stderr: { write: (text) => void err.push(text), isTTY },
    ...more,
  });
  return { code, out: out.join(''), err: err.join('') };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'halint-cli-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** keepalived of a node that serves over eth0, hears over eth1 and watches neither. */
export const BLIND = `vrrp_instance VI_1 {
    state MASTER
    interface eth1
    dont_track_primary
    virtual_router_id 51
    priority 150
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass hunter22
    }
    virtual_ipaddress {
        10.10.0.100/24 dev eth0 no_track
    }
}
`;

/** Two such nodes. */
export const BLIND_PAIR = {
  'lb1/keepalived.conf': BLIND,
  'lb2/keepalived.conf': BLIND.replace('MASTER', 'BACKUP').replace('150', '100'),
};
