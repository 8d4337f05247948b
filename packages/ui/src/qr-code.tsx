import { create } from 'qrcode';
import { useMemo } from 'react';

/** Light modules around the code that scanners need (ISO/IEC 18004). */
const quietZone = 4;

/** A QR code as vector graphic: the content security policy allows no generated image addresses. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const dark: string[] = [];
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        if (modules.get(row, column))
          dark.push(`M${column + quietZone} ${row + quietZone}h1v1h-1z`);
      }
    }
    return { size: modules.size + 2 * quietZone, path: dark.join('') };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      // Black on white in both themes: many scanners cannot read the inverse.
      className="size-48 rounded-lg"
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
