import { ApiError, OperationError } from "./cloud";

/** Takes an error and throws it in the official provider's words, with the cause behind it. */
type Handler = (error: unknown) => never;

/** @param title what the official provider calls the type: `Subnetwork` */
export function whileCreating(title: string): Handler {
  return worded(`Error creating ${title}`, (failure) => {
    return `Error waiting to create ${title}: ${failure.during(`Creating ${title}`)}`;
  });
}

export function whileUpdating(title: string, id: string): Handler {
  return worded(`Error updating ${title} "${id}"`, (failure) =>
    failure.during(`Updating ${title}`),
  );
}

/** Words the failures of reads and deletions. */
export function whileDeleting(title: string): Handler {
  return worded(`Error when reading or editing ${title}`, (failure) =>
    failure.during(`Deleting ${title}`),
  );
}

/** @param what the type with its product, and which one: `ComputeNetwork "projects/..."` @param inner what failed in it */
export function whileReading(what: string, inner?: string): Handler {
  const refused = `Error when reading or editing ${what}`;
  return worded(inner ? `${refused}: ${inner}` : refused, ({ message }) => message);
}

/** @param refused before the words of a call that was refused @param failed all of an operation that failed */
export function worded(refused: string, failed: (failure: OperationError) => string): Handler {
  return (error) => {
    if (error instanceof ApiError) {
      throw new Error(`${refused}: ${error.message}`, { cause: error });
    }
    if (error instanceof OperationError) throw new Error(failed(error), { cause: error });
    throw error;
  };
}

/** A call that is refused as it is, and an operation that tells what was waited for. */
export function during(activity: string): Handler {
  return (error) => {
    if (!(error instanceof OperationError)) throw error;
    throw new Error(error.during(activity), { cause: error });
  };
}
