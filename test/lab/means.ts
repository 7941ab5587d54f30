/** What the lab needs of the machine that it runs on. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const COMMANDS = 'unshare nsenter ip bridge ifup arping ndisc6 curl ping keepalived haproxy nginx'.split(' ');

const folders = (): string[] => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

const found = (command: string): boolean =>
  folders().some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** What keeps the lab from running here, as phrases; nothing when it can run. */
export const missing = (): string[] => [
  ...(process.platform === 'linux' ? [] : ['it needs Linux network namespaces']),
  ...(process.getuid?.() === 0 ? [] : ['it needs root to make network namespaces']),
  ...COMMANDS.filter((command) => !found(command)).map((command) => `${command} is not installed`),
];
