import type { Command } from './command.ts';

/** All commands by name; each file is loaded only when its command is asked for. */
export const commandLoaders: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  demo: async () => (await import('./commands/demo.ts')).demo,
  build: async () => (await import('./commands/build.ts')).build,
  dx: async () => (await import('./commands/dx.ts')).dx,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  seed: async () => (await import('./commands/seed.ts')).seed,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  'user create': async () => (await import('./commands/user-create.ts')).userCreate,
  'user list': async () => (await import('./commands/user-list.ts')).userList,
  'mail dns': async () => (await import('./commands/mail-dns.ts')).mailDns,
  'keys list': async () => (await import('./commands/keys-list.ts')).keysList,
  'keys rotate': async () => (await import('./commands/keys-rotate.ts')).keysRotate,
  'env example': async () => (await import('./commands/env-example.ts')).envExample,
};
