/** Architectures of GGUF files whose models read and do not write. */
const EMBEDS_ONLY = /bert|^t5encoder$|embed/;

/** Whether a model of this architecture turns texts into vectors and cannot answer. */
export const isEmbeddingArchitecture = (architecture: string): boolean => EMBEDS_ONLY.test(architecture);
