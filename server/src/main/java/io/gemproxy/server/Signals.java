package io.gemproxy.server;

import io.gemproxy.server.reload.ReloadCause;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What the process does on SIGTERM, SIGINT, SIGHUP and SIGUSR1. */
final class Signals {
    private static final ReloadCause HANGUP =
            new ReloadCause(ReloadCause.Trigger.SIGNAL, "gemproxy", "SIGHUP");

    private final CompletableFuture<Gemproxy> serving = new CompletableFuture<>();

    private Signals() {}

    /** Lets HUP and USR1 wait for the server, whose start they would end otherwise. */
    static Signals beforeTheStart() {
        Signals signals = new Signals();
        handle("HUP", new OneAtATime(signals.whenServing(Signals::hangUp))::ask);
        handle("USR1", new OneAtATime(signals.whenServing(Gemproxy::reopenLogs))::ask);
        return signals;
    }

    private Runnable whenServing(Consumer<Gemproxy> action) {
        return () -> serving.thenAccept(action).join();
    }

    private static void hangUp(Gemproxy server) {
        server.reopenLogs();
        server.reloading().reload(HANGUP);
    }

    /**
     * Serves until TERM, INT or an admin's drain, then drains. HUP reopens the logs, reloads the
     * configuration and goes on; USR1 only reopens the logs. A second TERM or INT while draining
     * cuts what is left.
     */
    void awaitStop(Gemproxy server) throws InterruptedException {
        StopRequest stop = server.stopRequest();
        Runnable ending =
                () -> {
                    if (stop.isAsked()) {
                        server.cutShort();
                    }
                    stop.ask();
                };
        handle("TERM", ending);
        handle("INT", ending);
        serving.complete(server);
        server.announce();
        stop.await();
        server.drain();
    }

    /**
     * The JDK's only API for signals is {@code sun.misc.Signal} of the module jdk.unsupported,
     * which the compiler warns of without a way to say that it is meant; hence by reflection.
     */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    action.run();
                                }
                                return method.getReturnType() == boolean.class ? false : null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException unsupported) {
            throw new IllegalStateException("this JVM has no signal " + name, unsupported);
        }
    }
}
