/** Every address of the application, in one place; the router's patterns stand beside. */
export const paths = {
  overview: '/',
  services: '/services',
  database: '/database',
  queues: '/queues',
  schedules: '/schedules',
  outbox: '/outbox',
  mail: '/mail',
  organizations: '/organizations',
  users: '/users',
  operatorAudit: '/operator-audit',
  signIn: '/sign-in',
  secondFactor: '/second-factor',
  secondFactorSetup: '/second-factor/setup',
} as const;
