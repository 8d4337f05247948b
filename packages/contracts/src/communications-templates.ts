import { z } from 'zod';
import { GuestId, type MessageId, TemplateId, type UserId } from './ids.ts';
import { pageInput } from './paging.ts';
import { Instant } from './time.ts';

export const messageKinds = [
  'save_the_date',
  'invitation',
  'reminder',
  'logistics',
  'day_of',
  'thank_you',
  'other',
] as const;
export type MessageKind = (typeof messageKinds)[number];
export const messageChannels = ['email', 'sms', 'notice'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** A merge field of the wording, written `{{ name }}`. */
export interface MergeField {
  name: string;
  label: string;
  example: string;
}

/** Every field that a subject or body may use; anything else is refused when it is saved. */
export const mergeFields = [
  { name: 'first_name', label: 'First name of the guest', example: 'Amélie' },
  { name: 'last_name', label: 'Last name of the guest', example: 'Laurent' },
  { name: 'full_name', label: 'Title and full name of the guest', example: 'Dr Amélie Laurent' },
  { name: 'names', label: 'Everybody this message speaks to', example: 'Amélie, Jonas and Mia' },
  { name: 'household_name', label: 'Name of the household', example: 'The Laurents' },
  { name: 'couple_names', label: 'The couple', example: 'Sofia & Daniel' },
  { name: 'wedding_title', label: 'Title of the wedding', example: 'Sofia & Daniel in Sintra' },
  { name: 'wedding_date', label: 'Day of the wedding', example: 'Saturday, 19 June 2027' },
  { name: 'venue', label: 'Venue', example: 'Quinta da Bela Vista' },
  {
    name: 'events',
    label: 'What this household is invited to, one line each',
    example: 'Ceremony, Saturday, 19 June 2027, 15:00, Capela de São Pedro',
  },
  { name: 'rsvp_link', label: 'Personal link to answer', example: 'https://example.com/r/…' },
  { name: 'rsvp_deadline', label: 'Last day to answer', example: 'Friday, 30 April 2027' },
] as const satisfies readonly MergeField[];
export type MergeFieldName = (typeof mergeFields)[number]['name'];

// Wordings -------------------------------------------------------------------------------------

/** Plain text with blank lines between paragraphs, or MJML 4, which is compiled when it is saved. */
export const wordingFormats = ['text', 'mjml'] as const;
export type WordingFormat = (typeof wordingFormats)[number];

export const wordingLimits = { text: 20_000, mjml: 100_000, sms: 1_530, notice: 500 } as const;

function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** A BCP 47 language tag in canonical form: `pt-br` is stored as `pt-BR`. */
export const LanguageTag = z
  .string()
  .max(35)
  .refine((tag) => canonicalLanguage(tag) !== undefined, {
    error: 'Choose a language from the list, for example en or pt-PT.',
  })
  .transform((tag) => canonicalLanguage(tag) ?? tag);

/** Empty on channels without subject lines. */
const Subject = z
  .string()
  .trim()
  .max(200, { error: 'Shorten the subject to 200 characters.' })
  // A control character here could end the header and start another one.
  .regex(/^\P{Cc}*$/u, { error: 'The subject must be a single line.' });
const Body = z
  .string()
  .min(1, { error: 'Write what the guests shall read.' })
  .max(wordingLimits.mjml, { error: 'Shorten the text to 100,000 characters.' })
  .regex(/^[^\0]*$/, {
    error: 'The text holds a NUL character; paste it again as plain text.',
  });

/** What is said on one channel in one language. */
export const Wording = z
  .object({
    channel: z.enum(messageChannels).default('email'),
    language: LanguageTag,
    format: z.enum(wordingFormats).default('text'),
    subject: Subject.default(''),
    body: Body,
  })
  .superRefine(({ channel, format, subject, body }, ctx) => {
    const refuse = (path: 'subject' | 'body' | 'format', message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message });
    if (channel === 'email' && subject === '') {
      refuse('subject', 'Write a subject: it is the first thing guests see.');
    }
    if (channel !== 'email' && format !== 'text') {
      refuse('format', 'Only e-mails have a layout. Write plain text here.');
    }
    const limit =
      channel === 'sms' || channel === 'notice' ? wordingLimits[channel] : wordingLimits[format];
    if (body.length > limit) {
      refuse('body', `Shorten the text to ${limit.toLocaleString('en')} characters.`);
    }
  });
export type Wording = z.infer<typeof Wording>;

interface Worded {
  defaultLanguage: string;
  wordings: readonly Pick<Wording, 'channel' | 'language'>[];
}

/** One wording per channel and language, and one in the default language for each channel. */
export function wordingsProblem({ defaultLanguage, wordings }: Worded): string | undefined {
  const keys = wordings.map(({ channel, language }) => `${channel} ${language}`);
  if (new Set(keys).size < keys.length) return 'There are two texts for one language.';
  const lacking = wordings.find(({ channel }) => !keys.includes(`${channel} ${defaultLanguage}`));
  return lacking && `Write the text in the default language (${defaultLanguage}) too.`;
}

/** The fields that hold what is said, with the rule that binds them together. */
export const wordedFields = {
  kind: z.enum(messageKinds),
  /** What guests read whose language has no wording. */
  defaultLanguage: LanguageTag.default('en'),
  wordings: z.array(Wording).min(1, { error: 'Write what the guests shall read.' }).max(40),
};

const refuseWordings = (fields: Worded, ctx: z.RefinementCtx) => {
  const message = wordingsProblem(fields);
  if (message) ctx.addIssue({ code: 'custom', path: ['wordings'], message });
};

// Templates ------------------------------------------------------------------------------------

/** The version counts the saves: each one is kept and can be brought back. */
const versioned = { version: z.int().min(1) };

export const MessageTemplate = z.object({
  id: TemplateId,
  name: z.string(),
  kind: z.enum(messageKinds),
  defaultLanguage: z.string(),
  wordings: z.array(Wording),
  ...versioned,
  /** Messages that were made from any version of it. */
  usedBy: z.int(),
  updatedAt: Instant,
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;

const TemplateName = z.string().trim().min(1, { error: 'Give the template a name.' }).max(100);
export const CreateTemplate = z
  .object({ name: TemplateName, ...wordedFields })
  .superRefine(refuseWordings);
export type CreateTemplate = z.input<typeof CreateTemplate>;
/** Saves a new version; the version stated is the one that was changed. Answers `MessageTemplate`. */
export const UpdateTemplate = z
  .object({ id: TemplateId, ...versioned, name: TemplateName, ...wordedFields })
  .superRefine(refuseWordings);
export type UpdateTemplate = z.input<typeof UpdateTemplate>;
export const RemoveTemplate = z.object({ id: TemplateId, ...versioned });
export type RemoveTemplate = z.input<typeof RemoveTemplate>;
export const GetTemplate = z.object({ id: TemplateId });
export type GetTemplate = z.input<typeof GetTemplate>;

/** Answers `TemplateVersionSummary[]`, newest first. */
export const ListTemplateVersions = z.object({ id: TemplateId });
export type ListTemplateVersions = z.input<typeof ListTemplateVersions>;
export interface TemplateVersionSummary {
  version: number;
  name: string;
  languages: string[];
  createdBy: UserId | null;
  createdByName: string | null;
  createdAt: string;
  /** Messages that were made from this version. */
  usedBy: number;
}

/** Answers `TemplateVersion`. */
export const GetTemplateVersion = z.object({ id: TemplateId, ...versioned });
export type GetTemplateVersion = z.input<typeof GetTemplateVersion>;
export type TemplateVersion = Omit<MessageTemplate, 'updatedAt' | 'usedBy'> & { createdAt: string };

/** Saves what version `restore` says as the newest one. Answers `MessageTemplate`. */
export const RestoreTemplateVersion = z.object({
  id: TemplateId,
  ...versioned,
  restore: z.int().min(1),
});
export type RestoreTemplateVersion = z.input<typeof RestoreTemplateVersion>;

/** Which messages used a template, newest first. Answers `Page<TemplateUse>`. */
export const ListTemplateUses = z.object({ id: TemplateId, ...pageInput });
export type ListTemplateUses = z.input<typeof ListTemplateUses>;
export interface TemplateUse {
  messageId: MessageId;
  title: string;
  state: string;
  templateVersion: number;
  createdAt: string;
}

/** Adds the built-in templates that the wedding lacks. Answers `{ added: number }`. */
export const AddDefaultTemplates = z.object({
  /** Wordings to bring along; those that are not built in are left out. Empty: all of them. */
  languages: z.array(LanguageTag).max(20).default([]),
});
export type AddDefaultTemplates = z.input<typeof AddDefaultTemplates>;
/** Languages in which the built-in templates are worded. */
export const libraryLanguages = ['en', 'de', 'fr', 'es', 'pt'] as const;

// Checking and preview -------------------------------------------------------------------------

export interface WordingIssue {
  channel: MessageChannel;
  language: string;
  path: 'subject' | 'body';
  /** 1-based; of the subject or body as it was written. */
  line: number;
  message: string;
}

/** Looks at wording while it is being written; never an error. Answers `{ issues: WordingIssue[] }`. */
export const CheckWording = z.object({
  wordings: z
    .array(
      z.object({
        channel: z.enum(messageChannels).default('email'),
        language: LanguageTag,
        format: z.enum(wordingFormats).default('text'),
        subject: z.string().max(1_000).default(''),
        body: z.string().max(1_500_000),
      }),
    )
    .min(1)
    .max(40),
});
export type CheckWording = z.input<typeof CheckWording>;

/** Shows wording as one guest would get it, saved or not. Answers `MessagePreview`. */
export const PreviewMessage = z
  .object({
    ...wordedFields,
    channel: z.enum(messageChannels).default('email'),
    /** Without a language, the guest's own. */
    language: LanguageTag.nullable().default(null),
    /** Without a guest, the first of the guest list. */
    guestId: GuestId.nullable().default(null),
  })
  .superRefine(refuseWordings);
export type PreviewMessage = z.input<typeof PreviewMessage>;

export const MessagePreview = z.object({
  guestId: GuestId.nullable(),
  channel: z.enum(messageChannels),
  /** The wording that was chosen for the guest. */
  language: z.string(),
  to: z.string().nullable(),
  from: z.string(),
  subject: z.string(),
  /** A complete HTML document for a sandboxed frame; empty for channels of plain text. */
  html: z.string(),
  text: z.string(),
});
export type MessagePreview = z.infer<typeof MessagePreview>;
