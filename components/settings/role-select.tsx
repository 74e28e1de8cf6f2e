'use client';
import { Select } from '#src/components/ui/field.tsx';
import { mayGrant, type Role, roleSchema, roleWords } from '#src/lib/teams/rights.ts';

/** The roles that the one who looks may hand out, each with what it is for. */
export function RoleSelect(props: {
  id?: string;
  label?: string;
  actor: Role;
  value: Role;
  disabled?: boolean;
  onChange: (role: Role) => void;
}) {
  const roles = roleSchema.options.filter((role) => role === props.value || mayGrant(props.actor, role));
  return (
    <Select
      id={props.id}
      aria-label={props.label}
      disabled={props.disabled}
      value={props.value}
      onChange={(event) => props.onChange(roleSchema.parse(event.target.value))}
      className="min-w-28"
    >
      {roles.map((role) => (
        <option key={role} value={role} title={roleWords[role]}>
          {role}
        </option>
      ))}
    </Select>
  );
}
