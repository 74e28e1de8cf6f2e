'use client';
import { Switch as RadixSwitch } from 'radix-ui';

export function Switch(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  disabled?: boolean | undefined;
}) {
  return (
    <RadixSwitch.Root
      checked={props.checked}
      onCheckedChange={props.onChange}
      disabled={props.disabled ?? false}
      aria-label={props.label}
      className="hit group h-4 w-7 shrink-0 rounded-full border border-control bg-surface transition-colors duration-(--fast) data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55 phone:h-[25px] phone:w-[42px] focus-visible:rounded-full"
    >
      <RadixSwitch.Thumb className="block size-2.5 translate-x-[2px] rounded-full bg-control transition-transform duration-(--fast) data-[state=checked]:translate-x-[14px] data-[state=checked]:bg-on-accent phone:size-[17px] phone:translate-x-[3px] phone:data-[state=checked]:translate-x-[20px]" />
    </RadixSwitch.Root>
  );
}
