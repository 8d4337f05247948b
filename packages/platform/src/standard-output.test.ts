import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { standardOutputLines } from './standard-output.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('standardOutputLines', () => {
  it('writes a line whole although the pipe takes it in parts and is full at times', () => {
    const taken: string[] = [];
    let calls = 0;
    const output = standardOutputLines((_, data) => {
      calls += 1;
      if (calls === 2) throw systemError('EAGAIN');
      const part = Buffer.from(data.subarray(0, 4));
      taken.push(part.toString());
      return part.length;
    });
    output.write('one line\n');
    expect(taken.join('')).toBe('one line\n');
  });

  it('stops trying once the reader is gone', () => {
    let calls = 0;
    const output = standardOutputLines(() => {
      calls += 1;
      throw systemError('EPIPE');
    });
    output.write('one\n');
    output.write('two\n');
    expect(calls).toBe(1);
  });
});

describe('a program whose supervisor was killed', () => {
  it('ends in the orderly way although nobody reads its log any more', async () => {
    const log = fileURLToPath(new URL('./log.ts', import.meta.url));
    const shutdown = fileURLToPath(new URL('./shutdown.ts', import.meta.url));
    const code = `import { createLogger } from ${JSON.stringify(log)};
      import { installShutdown, onShutdown } from ${JSON.stringify(shutdown)};
      installShutdown({ log: createLogger({ service: 'test' }) });
      onShutdown('work', () => {});
      setInterval(() => {}, 1000); process.send('up');`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    await once(child, 'message');
    const exited = once(child, 'exit');
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.disconnect();
    expect(await exited).toEqual([0, null]);
  }, 15_000);
});
