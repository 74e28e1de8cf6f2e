import { ButtonLink } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';

export default function NotFound() {
  return (
    <div className="grid min-h-dvh place-items-center bg-surface">
      <Empty title="There is nothing here" act={<ButtonLink href="/">Go home</ButtonLink>}>
        The address is wrong, or what was here has been deleted.
      </Empty>
    </div>
  );
}
