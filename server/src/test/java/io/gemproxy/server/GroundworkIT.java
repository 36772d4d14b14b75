package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a start makes while its configuration is still being read, and nothing is logged yet. */
class GroundworkIT {
    @Test
    void saysNothingBesidesTheLog() throws Exception {
        Process process =
                new ProcessBuilder(ChildJvm.command(Alone.class)).redirectErrorStream(true).start();
        String said =
                new String(
                        Emissions.OF_THIS_RUN
                                .from("what the groundwork says", process.getInputStream())
                                .readAllBytes(),
                        StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("", said);
    }

    /** The groundwork without a server. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] arguments) throws InterruptedException {
            Groundwork.begin();
            Thread[] all = new Thread[Thread.activeCount() + 8];
            int found = Thread.enumerate(all);
            for (int i = 0; i < found; i++) {
                if (all[i].getName().equals("groundwork")) {
                    all[i].join();
                }
            }
        }
    }
}
