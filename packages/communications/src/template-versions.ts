import type { Wording } from '@wedsync/contracts/communications-templates';
import type { UserId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { templateVersions, templateWordings } from '@wedsync/db/schema/communications';
import type { StoredWording } from './compile-wordings.ts';

type VersionRow = typeof templateVersions.$inferInsert;

/** Files what a template says after a save; nothing ever changes it again. */
export async function fileTemplateVersion(
  tx: Tx,
  version: VersionRow,
  wordings: readonly StoredWording[],
): Promise<void> {
  const { weddingId, templateId } = version;
  await tx.insert(templateVersions).values(version);
  await tx
    .insert(templateWordings)
    .values(
      wordings.map((wording) => ({ ...wording, weddingId, templateId, version: version.version })),
    );
}

/** The signed-in person as the author of a version. */
export const authorOf = (actor: { kind: string; userId?: UserId }): UserId | null =>
  actor.kind === 'user' ? (actor.userId ?? null) : null;

/** What the history keeps of a template: which texts there are, not what they say. */
export const historyOfTemplate = ({
  name,
  kind,
  version,
  wordings,
}: {
  name: string;
  kind: string;
  version: number;
  wordings: readonly Pick<Wording, 'channel' | 'language'>[];
}) => ({
  name,
  kind,
  version,
  wordings: wordings.map(({ channel, language }) => `${channel} ${language}`),
});
