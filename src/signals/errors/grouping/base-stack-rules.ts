/**
 * What everybody's frames are not: the code of runtimes, package managers, frameworks and tools. Projects' rules come after these and
 * can undo them. `-app` only takes a frame out of the app; `-group` is for frames that come and go without meaning.
 */
export const BASE_STACK_RULES = String.raw`
# --- where package managers put what others wrote ---
path:**/node_modules/** -app
path:**/bower_components/** -app
path:**/.pnpm/** -app
path:**/.yarn/** -app
path:**/vendor/** -app
path:**/site-packages/** -app
path:**/dist-packages/** -app
path:**/.venv/** -app
family:other path:**/gems/** -app
path:**/.bundle/** -app
path:**/rubygems-integration/** -app
path:**/go/pkg/mod/** -app
path:**/.pub-cache/** -app
path:**/.local/share/** -app
path:**/.cargo/registry/** -app

# --- where systems keep their own ---
path:/usr/local/lib/** -app
path:/usr/local/Cellar/** -app
package:/lib/** -app
package:/usr/lib/** -app

# --- JavaScript on the server: node, deno, bun ---
family:javascript path:node:** -app
family:javascript path:internal/** -app
family:javascript path:bun:** -app
family:javascript path:ext:** -app
family:javascript path:https://deno.land/** -app
function:runMicrotasks -app -group
function:queueMicrotask -app -group
function:processTicksAndRejections -app -group
function:runNextTicks -app -group
function:nextTick -app -group

# --- JavaScript in browsers ---
family:javascript path:**/raven*.js function:*wrapped -app -group
family:javascript path:chrome-extension:** -app
family:javascript path:moz-extension:** -app
family:javascript path:safari-extension:** -app
family:javascript path:safari-web-extension:** -app
family:javascript path:ms-browser-extension:** -app
family:javascript path:webkit-masked-url:** -app
family:javascript path:resource:** -app
family:javascript path:**/webpack/bootstrap* -app -group
family:javascript path:**/webpack/bootstrap/** -app -group
family:javascript path:**/webpack/runtime/** -app -group
family:javascript module:webpack/bootstrap* -app -group
family:javascript module:webpack/runtime/** -app -group
family:javascript path:**/(webpack)/** -app
family:javascript path:**/turbopack/** -app
family:javascript path:**/@vite/** -app
module:unpkg/** -app
path:**https://unpkg.com/** -app
path:**https://cdnjs.cloudflare.com/** -app
path:**https://cdn.jsdelivr.net/** -app
path:**https://esm.run/** -app
path:**https://esm.sh/** -app
path:**https://cdn.skypack.dev/** -app
path:**https://code.jquery.com/** -app
path:**https://ajax.googleapis.com/** -app
path:**://www.googletagmanager.com/** -app
path:**://www.google-analytics.com/** -app
path:**://connect.facebook.net/** -app
path:**://static.hotjar.com/** -app
path:**://browser.sentry-cdn.com/** -app -group
family:javascript function:reportError ^-app -app

# --- what compilers and polyfills put in between ---
module:@babel/** -app -group
module:core-js/** -app -group
module:regenerator-runtime/** -app -group
module:tslib/** -app -group
family:javascript function:_callSuper -app -group

# --- tools that watch programs ---
module:newrelic -app -group
path:**/*newrelic*/** -app -group
path:**/*LogRocket*/** -app -group
module:io.sentry.* -app -group
path:package:sentry/** -app -group
path:package:sentry_*/** -app -group

# --- Python ---
path:**/lib/python[0-9]*/** -app
path:/usr/lib/python[0-9]*/** -app
path:"<frozen *>" -app
function:<module> | [ function:spawn_main ] -app -group

# --- Ruby ---
path:/usr/lib/ruby/** -app
path:**/lib/ruby/[0-9]*/** -app
path:"<internal:*" -app

# --- Go ---
path:/usr/lib/go*/src/** -app
path:/usr/local/go/src/** -app
path:**/libexec/src/runtime/** -app
path:/usr/share/gocode/** -app

# --- Java, Kotlin, Scala ---
module:java.* -app
module:javax.* -app
module:jakarta.* -app
module:jdk.* -app
module:sun.* -app
module:com.sun.* -app
module:kotlin.* -app
module:kotlinx.* -app
module:scala.* -app
module:akka.* -app
module:org.apache.* -app
module:org.eclipse.jetty.* -app
module:org.glassfish.* -app
module:org.hibernate.* -app
module:org.jboss.* -app
module:org.postgresql.* -app
module:org.springframework.* -app
module:reactor.core.* -app
module:io.ktor.* -app
module:io.netty.* -app
module:io.opentelemetry.* -app
module:io.undertow.* -app
module:com.fasterxml.* -app
module:com.microsoft.* -app
module:com.mysql.* -app
module:feign.* -app
module:oauth.* -app
module:okhttp3.* -app
module:android.* -app
module:androidx.* -app
module:com.android.* -app
module:dalvik.system.* -app
module:java.* category=std
module:java.lang.reflect.* category=indirection
[ category:std ] | category:std -group
category:indirection -group
module:java.util.concurrent.ThreadPoolExecutor* function:runWorker -group v-group

# --- .NET ---
module:System.* -app
module:Microsoft.* -app

# --- Dart and Flutter ---
family:native package:/data/app/** path:**/*.dart +app
family:javascript path:org-dartlang-sdk:///** -app -group
path:**/packages/flutter/** -app

# --- compiled languages ---
family:native package:**.app/Contents/** +app
family:native package:/Users/** +app
family:native package:/System/** -app
family:native package:**/Frameworks/libswift*.dylib -app
family:native package:**/Frameworks/Sentry.framework/** -app
family:native function:std::* -app
family:native function:core::* -app
family:native function:alloc::* -app
family:native function:__rust_* -app
family:native function:rust_begin_unwind -app
family:native function:std::panicking::begin_panic ^-group -group ^-app -app
family:native function:core::panicking::begin_panic ^-group -group ^-app -app
family:native function:std::panicking::panic_fmt ^-app -app
family:native function:core::panicking::panic_fmt ^-app -app
family:native function:__cxa_throw ^-group -group ^-app -app
family:native function:_CxxThrowException ^-group -group ^-app -app
family:native function:__assert_rtn ^-group -group ^-app -app
family:native function:abort ^-group -group ^-app -app
family:native function:raise ^-group -group ^-app -app
family:native function:objc_exception_throw ^-group -group ^-app -app
family:native function:_sigtramp ^-group -group
family:native function:start -group v-group
family:native function:_pthread_start -group v-group
family:native function:BaseThreadInitThunk -group v-group
family:native function:RtlUserThreadStart -group v-group
`;
