import type { UserSummary } from '@wedsync/contracts/monitoring';

/** Something an operator can do to an account, in words. */
export interface UserAction {
  id: 'disable' | 'enable' | 'grant-operator' | 'revoke-operator' | 'end-sessions';
  label: string;
  /** What it does, beside the button. */
  note: string;
  /** The question before it is done. */
  question: (name: string) => string;
  consequence: string;
  /** The notice afterwards. */
  done: (name: string) => string;
  isDangerous: boolean;
  isOpenFor: (user: UserSummary, isOwn: boolean) => boolean;
}

export const userActions: readonly UserAction[] = [
  {
    id: 'end-sessions',
    label: 'Sign out everywhere',
    note: 'Ends every session; the person can sign in again.',
    question: (name) => `Sign ${name} out everywhere?`,
    consequence:
      'Every browser is signed out within a second. What was typed and not saved is lost.',
    done: (name) => `${name} is signed out everywhere`,
    isDangerous: false,
    isOpenFor: (user) => user.openSessions > 0,
  },
  {
    id: 'grant-operator',
    label: 'Make operator',
    note: 'Lets the person use this place, with a second factor.',
    question: (name) => `Make ${name} an operator?`,
    consequence:
      'Operators can see every company and account, change plans and close accounts. The person must sign in again and set up a second factor before anything opens.',
    done: (name) => `${name} is an operator now`,
    isDangerous: false,
    isOpenFor: (user) => !user.isOperator && user.disabledAt === null,
  },
  {
    id: 'revoke-operator',
    label: 'No longer operator',
    note: 'Takes the right to use this place away.',
    question: (name) => `Take the operator right from ${name}?`,
    consequence: 'The person is signed out everywhere and keeps the account for planning.',
    done: (name) => `${name} is no operator any more`,
    isDangerous: true,
    isOpenFor: (user, isOwn) => user.isOperator && !isOwn,
  },
  {
    id: 'disable',
    label: 'Close account',
    note: 'Nobody can sign in with it until it is opened again.',
    question: (name) => `Close the account of ${name}?`,
    consequence:
      'The person is signed out everywhere and cannot sign in. Nothing is deleted, and you can open the account again.',
    done: (name) => `The account of ${name} is closed`,
    isDangerous: true,
    isOpenFor: (user, isOwn) => user.disabledAt === null && !isOwn,
  },
  {
    id: 'enable',
    label: 'Open account again',
    note: 'Lets the person sign in as before.',
    question: (name) => `Open the account of ${name} again?`,
    consequence: 'The person can sign in with the same password and second factor as before.',
    done: (name) => `The account of ${name} is open again`,
    isDangerous: false,
    isOpenFor: (user) => user.disabledAt !== null,
  },
];
