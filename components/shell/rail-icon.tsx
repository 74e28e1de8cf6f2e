const paths = {
  assistants: (
    <>
      <path d="M8 1.8v1.7M3 7.2v2.2M13 7.2v2.2" />
      <rect x="5" y="3.5" width="6" height="7.2" rx="3" />
      <path d="M2.8 9.4a5.2 5.2 0 0 0 10.4 0M8 14.2v-1" />
    </>
  ),
  servers: (
    <>
      <rect x="2" y="2.5" width="12" height="4.6" rx="1.4" />
      <rect x="2" y="8.9" width="12" height="4.6" rx="1.4" />
      <path d="M4.8 4.8h.01M4.8 11.2h.01M7.5 4.8H11M7.5 11.2H11" />
    </>
  ),
  calls: <path d="M2 8h1.400l1.2-4 1.9 9 2-11 1.8 8.500L11.5 6l.9 2H14" />,
  settings: (
    <>
      <path d="M2 4.500h6.500M12.5 4.500H14M2 11.500h1.500M7.5 11.500H14" />
      <circle cx="10.5" cy="4.5" r="2" />
      <circle cx="5.5" cy="11.5" r="2" />
    </>
  ),
};
export type RailIconName = keyof typeof paths;

export function RailIcon({ name }: { name: RailIconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="size-[18px] fill-none stroke-current stroke-[1.5] [stroke-linecap:round] [stroke-linejoin:round]"
    >
      {paths[name]}
    </svg>
  );
}
