package io.holdfast.doors.problem;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what fails outside the controllers (in a filter, or in the server itself) with the same problem+json. */
@Controller
public class ErrorDoor implements ErrorController {

    private final Problems problems;

    public ErrorDoor(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer known ? HttpStatus.resolve(known) : HttpStatus.NOT_FOUND;
        if (status == null) {
            status = HttpStatus.INTERNAL_SERVER_ERROR;
        }
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String detail = status.is5xxServerError()
                ? "The request failed; the log knows more under this request id"
                : "The request cannot be served: " + status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT);
        problems.write(
                response,
                Problems.of(status, status.getReasonPhrase(), detail, List.of()),
                path == null ? request.getRequestURI() : path.toString());
    }
}
