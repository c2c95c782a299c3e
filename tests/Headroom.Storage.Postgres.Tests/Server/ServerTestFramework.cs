using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Headroom.Storage.Postgres.Server.ServerTestFramework", "Headroom.Storage.Postgres.Tests")]

namespace Headroom.Storage.Postgres.Server;

/// <summary>Skips the tests of this assembly, inherited ones too, where no server can be started. In CI they run, and fail, saying the same.</summary>
public sealed class ServerTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assemblyName, ISourceInformationProvider sources, IMessageSink messages) : XunitTestFrameworkExecutor(assemblyName, sources, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            IXunitTestCase[] all = [.. testCases];
            if (Environment.GetEnvironmentVariable("CI") != "true" && SharedServer.Problem is { } problem)
            {
                PropertyInfo reason = typeof(XunitTestCase).GetProperty(nameof(XunitTestCase.SkipReason))!;
                foreach (XunitTestCase test in all.OfType<XunitTestCase>()) reason.SetValue(test, problem);
            }

            base.RunTestCases(all, executionMessageSink, executionOptions);
        }
    }
}
