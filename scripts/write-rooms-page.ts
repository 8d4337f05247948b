import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { roomsPage } from './rooms-page.ts';
import { readRepository } from './tidy.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
writeFileSync(`${root}docs/rooms.md`, roomsPage(readRepository(root)));
