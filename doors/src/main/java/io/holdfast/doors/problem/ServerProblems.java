package io.holdfast.doors.problem;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * What the server refuses by itself, because it is no HTTP that a filter could be given (a bad request line, a header that is
 * too long or holds control characters), is answered like everything else, and not with a page that names the server.
 */
public final class ServerProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private static final Logger log = LoggerFactory.getLogger(ServerProblems.class);

    private final Problems problems;

    public ServerProblems(Problems problems) {
        this.problems = problems;
    }

    /** Added after the server's own, it is the one that is asked first. */
    @Override
    public void customize(ConfigurableTomcatWebServerFactory tomcat) {
        tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new Report(problems)));
    }

    private static final class Report extends ErrorReportValve {

        private final Problems problems;

        Report(Problems problems) {
            this.problems = problems;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
                    || response.getContentWritten() > 0
                    || !isWritable(response)
                    || !response.setErrorReported()) {
                return;
            }
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            try {
                Writer out = response.getReporter();
                if (out != null) {
                    out.write(problems.text(problem(response.getStatus())));
                    response.finishResponse();
                }
            } catch (IOException gone) {
                log.debug("the caller of a refused request is gone", gone);
            }
        }

        private static ProblemDetail problem(int status) {
            HttpStatus known = HttpStatus.resolve(status);
            return Problems.of(
                    known == null ? HttpStatus.BAD_REQUEST : known,
                    known == null ? "Refused" : known.getReasonPhrase(),
                    "The server did not take this request",
                    List.of());
        }

        private static boolean isWritable(Response response) {
            AtomicBoolean allowed = new AtomicBoolean();
            response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
            return allowed.get();
        }
    }
}
