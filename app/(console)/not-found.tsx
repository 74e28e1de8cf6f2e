import { ButtonLink } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';

export default function NotFoundHere() {
  return (
    <Empty title="There is nothing here" act={<ButtonLink href="/assistants">Assistants</ButtonLink>}>
      The address is wrong, or what was here has been deleted.
    </Empty>
  );
}
