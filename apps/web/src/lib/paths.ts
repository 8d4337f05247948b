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
  guest: (weddingId: string, guestId: string) => `/weddings/${weddingId}/guests?guest=${guestId}`,
  messages: (weddingId: string) => `/weddings/${weddingId}/messages`,
  message: (weddingId: string, messageId: string) => `/weddings/${weddingId}/messages/${messageId}`,
  messageCheck: (weddingId: string, messageId: string) =>
    `/weddings/${weddingId}/messages/${messageId}/check`,
  templates: (weddingId: string) => `/weddings/${weddingId}/templates`,
  template: (weddingId: string, templateId: string) =>
    `/weddings/${weddingId}/templates/${templateId}`,
  reminders: (weddingId: string) => `/weddings/${weddingId}/reminders`,
  textReplies: (weddingId: string) => `/weddings/${weddingId}/text-replies`,
  privacy: (weddingId: string) => `/weddings/${weddingId}/privacy`,
  events: (weddingId: string) => `/weddings/${weddingId}/events`,
  people: (weddingId: string) => `/weddings/${weddingId}/people`,
  settings: (weddingId: string) => `/weddings/${weddingId}/settings`,
} as const;
