/** An account of the demo data, printed at the end of a start. */
export interface DemoAccount {
  role: string;
  name: string;
  email: string;
  password: string;
  surface: 'web' | 'admin';
}

/** The same for all: they exist only where DEMO_ACCOUNTS is on, which production refuses. */
const password = 'orange-blossom-12';

/** People of the demo company and its first wedding. */
export const demoAccounts = {
  owner: {
    role: 'planner (owner)',
    name: 'Ines Falcão',
    email: 'planner@wedsync.example',
    surface: 'web',
  },
  assistant: {
    role: 'assistant',
    name: 'Leo Martins',
    email: 'assistant@wedsync.example',
    surface: 'web',
  },
  partner: {
    role: 'couple',
    name: 'Beatriz Rocha',
    email: 'couple@wedsync.example',
    surface: 'web',
  },
  photographer: {
    role: 'photographer',
    name: 'Mara Lindqvist',
    email: 'photo@wedsync.example',
    surface: 'web',
  },
  operator: {
    role: 'operator (sets up a second factor first)',
    name: 'Olu Adeyemi',
    email: 'operator@wedsync.example',
    surface: 'admin',
  },
} as const satisfies Record<string, Omit<DemoAccount, 'password'>>;
export type DemoPerson = keyof typeof demoAccounts;

export const demoAccountList: readonly DemoAccount[] = Object.values(demoAccounts).map(
  (account) => ({ ...account, password }),
);

/** The account of one of them, with its password. */
export function demoAccount(person: DemoPerson): DemoAccount {
  return { ...demoAccounts[person], password };
}
