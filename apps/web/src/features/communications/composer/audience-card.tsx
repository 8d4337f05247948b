import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Audience } from '@wedsync/contracts/communications';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import { Card } from '@wedsync/ui/card';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { trpc } from '../../../lib/trpc.ts';
import { AudienceFields } from './audience-fields.tsx';
import { AudienceResult } from './audience-result.tsx';

interface AudienceCardProps {
  weddingId: string;
  audience: Audience;
  channel: MessageChannel;
  onChange: (audience: Audience) => void;
}

/** Whom the message is for, and whom it will reach, counted while it is chosen. */
export function AudienceCard({ weddingId, audience, channel, onChange }: AudienceCardProps) {
  const settled = useDebounced(audience, 250);
  const check = useQuery({
    ...trpc.communications.checkAudience.queryOptions({ weddingId, audience: settled, channel }),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title="Guests" note="Nothing chosen means everybody. Each choice narrows it further.">
      <div className="flex flex-col gap-5">
        <AudienceFields weddingId={weddingId} audience={audience} onChange={onChange} />
        <AudienceResult
          weddingId={weddingId}
          channel={channel}
          check={check.data}
          error={check.error}
        />
      </div>
    </Card>
  );
}
