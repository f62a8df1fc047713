type Props = { readonly text: string; readonly label: string };

/** A model's or a master's words, as they are. */
export const Words = ({ text, label }: Props) => (
  <pre
    role="region"
    aria-label={label}
    tabIndex={0}
    className="figure-mono max-h-80 overflow-auto rounded-control border border-hair bg-bg0 p-2 text-12 leading-relaxed break-words whitespace-pre-wrap"
  >
    {text}
  </pre>
);
