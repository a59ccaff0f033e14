import { useEffect, useState } from 'react';
import { useRead } from '../api.ts';

/** An address under which the page can show a kept picture; '' while it is read, and when it is not there. */
export function useMediaUrl(sha256: string, enabled = true): string {
  const read = useRead('media.read', { sha256 }, { enabled });
  const [url, setUrl] = useState('');
  const media = read.data;
  useEffect(() => {
    if (!media) return;
    const made = URL.createObjectURL(new Blob([media.bytes as BlobPart], { type: media.mime }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [media]);
  return url;
}
