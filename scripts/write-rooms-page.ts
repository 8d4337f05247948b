import { fileURLToPath } from 'node:url';
import { writeRoomsPage } from './rooms-page.ts';

writeRoomsPage(fileURLToPath(new URL('..', import.meta.url)));
