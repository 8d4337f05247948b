/** Every address of the application, in one place; the router's patterns stand beside. */
export const paths = {
  home: '/',
  account: '/account',
  signIn: '/sign-in',
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  secondFactor: '/second-factor',
  organization: (orgId: string) => `/organizations/${orgId}`,
  wedding: (weddingId: string) => `/weddings/${weddingId}`,
  guests: (weddingId: string) => `/weddings/${weddingId}/guests`,
  guestImport: (weddingId: string) => `/weddings/${weddingId}/guests/import`,
  answers: (weddingId: string) => `/weddings/${weddingId}/answers`,
  messages: (weddingId: string) => `/weddings/${weddingId}/invitations`,
  message: (weddingId: string, messageId: string) =>
    `/weddings/${weddingId}/invitations/${messageId}`,
  events: (weddingId: string) => `/weddings/${weddingId}/events`,
  people: (weddingId: string) => `/weddings/${weddingId}/people`,
  settings: (weddingId: string) => `/weddings/${weddingId}/settings`,
} as const;
