import { DomainError } from '@wedsync/contracts/errors';
import { describe, expect, it } from 'vitest';
import { defineCommand, describeFailure, exitCodes } from './command.ts';
import { commandLoaders } from './commands.ts';

const greet = defineCommand({
  name: 'greet',
  summary: 'Greet somebody.',
  options: {
    name: { type: 'string', value: '<name>', describe: 'Whom.' },
    loud: { type: 'boolean', short: 'l', describe: 'Shout.' },
  },
  examples: ['wedsync greet --name Ana'],
  run: async ({ name, loud }) => (name === 'Ana' && loud === true ? 0 : 1),
});

describe('defineCommand', () => {
  it('hands typed options to the command and returns its exit code', async () => {
    expect(await greet.execute(['--name', 'Ana', '-l'])).toBe(0);
    expect(await greet.execute([])).toBe(1);
  });

  it.each([[['--nmae', 'x']], [['stray']], [['--name']]])(
    'refuses %o and points to help',
    (args) => {
      expect(() => greet.execute(args)).toThrow(/See: wedsync greet --help/);
    },
  );

  it('prints every option with its description and the examples', () => {
    const help = greet.help();
    expect(help).toMatch(/--name <name>\s+Whom\./);
    expect(help).toMatch(/-l, --loud\s+Shout\./);
    expect(help).toContain('wedsync greet --name Ana');
  });
});

describe('every command', () => {
  it.each(Object.entries(commandLoaders))(
    '%s explains itself under its name',
    async (name, load) => {
      const command = await load();
      expect(command.name).toBe(name);
      expect(command.help()).toMatch(/Examples:\n {2}\S/);
    },
  );
});

describe('describeFailure', () => {
  it('shows an expected failure as its message and tells kinds apart by exit code', () => {
    const failure = (kind: 'invalid' | 'unavailable' | 'precondition') =>
      describeFailure(new DomainError(kind, 'x.y', 'Do this.'));
    expect(failure('invalid')).toEqual({ message: 'Do this.', exitCode: exitCodes.usage });
    expect(failure('unavailable').exitCode).toBe(exitCodes.unavailable);
    expect(failure('precondition').exitCode).toBe(exitCodes.config);
  });

  it('shows a bug with its stack', () => {
    const { message, exitCode } = describeFailure(new TypeError('oops'));
    expect(message).toContain('command.test.ts');
    expect(exitCode).toBe(exitCodes.internal);
  });
});
