'use client';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

const item =
  'flex min-h-8 cursor-default items-center gap-2 rounded-2 px-2 text-md text-ink outline-none select-none data-[highlighted]:bg-hover data-[disabled]:text-ink-3 phone:min-h-11';

export function Menu(props: {
  trigger: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? 'end'}
          side={props.side ?? 'bottom'}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-3 border border-line-strong bg-raised p-1 shadow-float"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem(props: { onSelect: () => void; disabled?: boolean; danger?: boolean; children: ReactNode }) {
  return (
    <DropdownMenu.Item
      disabled={props.disabled ?? false}
      onSelect={props.onSelect}
      className={props.danger ? `${item} text-fail` : item}
    >
      {props.children}
    </DropdownMenu.Item>
  );
}

export function MenuChoice<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <DropdownMenu.RadioGroup
      value={props.value}
      onValueChange={(value) => {
        const choice = props.choices.find((c) => c.value === value);
        if (choice) props.onChange(choice.value);
      }}
    >
      <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-3">{props.label}</DropdownMenu.Label>
      {props.choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={item}>
          <span className="grid size-3 place-items-center">
            <DropdownMenu.ItemIndicator className="size-1.5 rounded-full bg-accent" />
          </span>
          {choice.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuText({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1.5 text-sm text-ink-2">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
