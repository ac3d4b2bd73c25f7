package io.holdfast.doors;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.doors.caller.CallerArguments;
import io.holdfast.doors.json.StrictJson;
import io.holdfast.doors.problem.ErrorDoor;
import io.holdfast.doors.problem.ProblemAdvice;
import io.holdfast.doors.problem.Problems;
import io.holdfast.doors.problem.ServerProblems;
import io.holdfast.doors.request.BodyLimitFilter;
import io.holdfast.doors.request.DeadlineFilter;
import io.holdfast.doors.request.DegradedFilter;
import io.holdfast.doors.request.DegradedHeaders;
import io.holdfast.doors.request.PatientWithLargeBodies;
import io.holdfast.doors.request.RequestIdFilter;
import io.holdfast.failover.fallback.FallbackMeters;

/** What every door gets without asking: request ids, a bound on bodies, strict JSON, problem+json, callers. */
@AutoConfiguration(
        after = JacksonAutoConfiguration.class,
        before = {WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(DoorsProperties.class)
public class DoorsAutoConfiguration implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArguments());
    }

    @Bean
    Problems problems(JsonMapper json) {
        return new Problems(json);
    }

    @Bean
    ProblemAdvice problemAdvice(FallbackMeters fallbacks) {
        return new ProblemAdvice(fallbacks);
    }

    @Bean
    ErrorDoor errorDoor(Problems problems) {
        return new ErrorDoor(problems);
    }

    @Bean
    ServerProblems serverProblems(Problems problems) {
        return new ServerProblems(problems);
    }

    @Bean
    StrictJson strictJson(JsonMapper json) {
        return new StrictJson(json);
    }

    @Bean
    PatientWithLargeBodies patientWithLargeBodies() {
        return new PatientWithLargeBodies();
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
        FilterRegistrationBean<RequestIdFilter> filter = new FilterRegistrationBean<>(new RequestIdFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    DegradedHeaders degradedHeaders() {
        return new DegradedHeaders();
    }

    @Bean
    FilterRegistrationBean<DegradedFilter> degradedFilter() {
        FilterRegistrationBean<DegradedFilter> filter = new FilterRegistrationBean<>(new DegradedFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 6);
        return filter;
    }

    @Bean
    FilterRegistrationBean<DeadlineFilter> deadlineFilter(Problems problems) {
        FilterRegistrationBean<DeadlineFilter> filter = new FilterRegistrationBean<>(new DeadlineFilter(problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(DoorsProperties doors, Problems problems) {
        FilterRegistrationBean<BodyLimitFilter> filter =
                new FilterRegistrationBean<>(new BodyLimitFilter(doors.maxBody().toBytes(), problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }
}
