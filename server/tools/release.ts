/** Who said yes to a write. One release is one request, however often the model repeats it. */
export type Release = { id: string; caller: boolean; operator: boolean };
