using System.Buffers;

namespace Headroom.Compressors.Traces;

/// <summary>Tells code that came with a runtime or a package from the code that is being worked on.</summary>
internal static class ForeignCode
{
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        [
            " java.", " javax.", " jdk.", " sun.", " com.sun.", "java.base/", " org.junit.", " org.apache.", " org.springframework.", " org.hibernate.", " org.eclipse.", " io.netty.", " org.jboss.", " scala.", " kotlin.", " clojure.",
            " groovy.", " org.codehaus.", " org.gradle.", " com.google.common.", " System.", " Microsoft.", " Xunit.", " NUnit.", "site-packages", "dist-packages", "/lib/python", "<frozen ", "node_modules", "node:", "(internal/",
            "/rustc/", "/.cargo/", " core::", " std::", "/usr/local/go/", "/go/pkg/mod/", "libc", "libpthread", "libsanitizer", "_start", "/sysdeps/", "<anonymous>",
        ],
        StringComparison.Ordinal);

    public static bool IsIn(ReadOnlySpan<char> frame) => frame.ContainsAny(Marks);
}
