import { toString as toSvg } from 'qrcode';
import { useEffect, useState } from 'react';

/** The set-up key as a picture to scan, and as text for those who cannot. */
export function QrCode({ text }: { text: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void toSvg(text, { type: 'svg', margin: 2 }).then((svg) => {
      if (isCurrent) setAddress(`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  const secret = new URL(text).searchParams.get('secret') ?? '';
  return (
    <div className="flex flex-col items-center gap-3">
      {address ? (
        <img src={address} alt="Code to scan" className="size-48 rounded-lg" />
      ) : (
        <span className="size-48 rounded-lg bg-hover" />
      )}
      <p className="text-center text-ink-soft text-sm">
        Cannot scan? Enter this key:{' '}
        <span className="select-all break-all font-mono text-ink">{secret}</span>
      </p>
    </div>
  );
}
