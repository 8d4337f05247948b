/** An account mail ready to be composed; no field but `html` and `text` may hold a line break. */
export interface AccountMail {
  from: { name: string; address: string };
  to: { name: string; address: string };
  replyTo: null;
  /** Without angle brackets. The same for every attempt. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
  /** Account mail answers something the person did; there is nothing to unsubscribe from. */
  unsubscribeUrl: null;
}

/** What became of one attempt to hand a mail over. */
export interface MailOutcome {
  kind: 'accepted' | 'deferred' | 'rejected' | 'unreachable' | 'unknown';
}

/** The way out for mail; the communications room's transport is one. Never throws for the other side. */
export interface AccountMailTransport<Composed> {
  compose(mail: AccountMail): Promise<Composed>;
  send(mail: Composed): Promise<MailOutcome>;
}

/** What the jobs of this room need from the process they run in. */
export interface WeddingsDeps<Composed> {
  transport: AccountMailTransport<Composed>;
  /** Origin of the planners' surface, without a slash at the end; links start with it. */
  publicUrl: string;
  /** Opens the sealed tokens of account mail. */
  authSecret: string;
  /** Derives the tokens of invitations. */
  linkSecret: string;
  /** Sender, as `Name <address>` or an address. */
  mailFrom: string;
}
