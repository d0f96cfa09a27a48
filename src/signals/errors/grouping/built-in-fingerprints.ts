/**
 * Errors that are one problem however many ways they come: a page that asks for files of a release that is gone, and pages whose server
 * and browser did not draw the same.
 */
export const BUILT_IN_FINGERPRINTS = String.raw`
family:javascript error.type:ChunkLoadError -> chunkloaderror
family:javascript error.value:ChunkLoadError* -> chunkloaderror

family:javascript tags.transaction:* message:"Hydration failed because the initial UI does not match what was rendered on the server." -> hydrationerror, {{ tags.transaction }}
family:javascript tags.transaction:* message:"Text content does not match server-rendered HTML." -> hydrationerror, {{ tags.transaction }}
family:javascript tags.transaction:* message:"There was an error while hydrating this Suspense boundary. Switched to client rendering." -> hydrationerror, {{ tags.transaction }}
family:javascript tags.transaction:* message:"There was an error while hydrating. Because the error happened outside of a Suspense boundary, the entire root will switch to client rendering." -> hydrationerror, {{ tags.transaction }}
family:javascript tags.transaction:* message:"The server could not finish this Suspense boundary, likely due to an error during server rendering. Switched to client rendering." -> hydrationerror, {{ tags.transaction }}
`;
