import { floatText } from './figures.ts';

const MEGA = 1e6;
const GIGA = 1e9;

/** `31.2 MB`, `4.9 GB`: decimal units, as disks are sold and models are published. */
export const bytesText = (bytes: number): string =>
  bytes >= GIGA ? `${floatText(bytes / GIGA, 1)} GB` : `${floatText(bytes / MEGA, 1)} MB`;
