import { PageHead } from '#src/components/ui/page-head.tsx';
import { Skeleton } from '#src/components/ui/skeleton.tsx';

export default function Loading() {
  return (
    <>
      <PageHead>
        <span className="sr-only" role="status">
          Loading
        </span>
      </PageHead>
      <Skeleton rows={8} />
    </>
  );
}
