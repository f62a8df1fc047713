/** Two candles under a level: drawn here, so that nothing has to be loaded. */
export function LogoMark({ size }: { readonly size: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 24 24" fill="none" className="shrink-0">
      <rect x="0.75" y="0.75" width="22.5" height="22.5" rx="5.25" className="fill-bg2 stroke-line" strokeWidth="1.5" />
      <path d="M8 6v12M16 5v12" className="stroke-muted" strokeWidth="1.5" strokeLinecap="round" />
      <rect x="5.75" y="9.25" width="4.5" height="6" rx="0.75" className="fill-bg2 stroke-up" strokeWidth="1.5" />
      <rect x="13.75" y="7.25" width="4.5" height="6.5" rx="0.75" className="fill-up stroke-up" strokeWidth="1.5" />
    </svg>
  );
}
