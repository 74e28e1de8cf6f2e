import { PageHead } from '#src/components/ui/page-head.tsx';
import { Skeleton } from '#src/components/ui/skeleton.tsx';

/** A page of the console before its content is there. */
export function PageLoading() {
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
