import { Download } from 'lucide-react';

/** The recording at an address, as a file. */
export function DownloadRecording({ address }: { address: string }) {
  return (
    <a
      href={`${address}?download`}
      download
      aria-label="Download the recording"
      title="Download the recording"
      className="grid size-7 place-items-center rounded-2 text-ink-2 hover:bg-hover phone:size-11"
    >
      <Download size={14} aria-hidden="true" />
    </a>
  );
}
