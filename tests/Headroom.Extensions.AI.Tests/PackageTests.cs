using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace Headroom.Extensions.AI;

/// <summary>What is packed names the real packages and holds no stand-in, whatever the build was made with.</summary>
public sealed class PackageTests
{
    private static readonly string[] s_expected =
    [
        "AngleSharp", "Headroom.Core", "Microsoft.Extensions.AI", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.Caching.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.ML.Tokenizers",
    ];

    [Fact]
    public async Task The_package_names_the_real_dependencies_and_holds_only_itself()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("headroom-pack-");
        try
        {
            await PackAsync(folder.FullName);

            await using ZipArchive package = await ZipFile.OpenReadAsync(Assert.Single(folder.GetFiles("*.nupkg")).FullName);
            XDocument nuspec = XDocument.Load(await package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).OpenAsync());
            Dictionary<string, string> dependencies = nuspec.Descendants().Where(e => e.Name.LocalName == "dependency")
                .ToDictionary(e => e.Attribute("id")!.Value, e => e.Attribute("version")!.Value);
            Assert.Equal(s_expected, dependencies.Keys.Order(StringComparer.Ordinal));
            Dictionary<string, string> central = XDocument.Load(RepositoryFiles.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
                .ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")!.Value);
            Assert.All(dependencies.Where(d => d.Key != "Headroom.Core"), d => Assert.Equal(central[d.Key], d.Value));

            Assert.Equal(["Headroom.Extensions.AI.dll"], package.Entries.Where(e => e.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(e => e.Name));
            Assert.Contains(package.Entries, e => e.FullName == "README.md");
            Assert.Contains(package.Entries, e => e.Name == "Headroom.Extensions.AI.xml");
            await using ZipArchive symbols = await ZipFile.OpenReadAsync(Assert.Single(folder.GetFiles("*.snupkg")).FullName);
            Assert.Contains(symbols.Entries, e => e.Name == "Headroom.Extensions.AI.pdb");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Microsoft.Extensions.AI", "31bf3856ad364e35")]
    [InlineData("Microsoft.ML.Tokenizers", "cc7b13ffcd2ddd51")]
    public void The_assembly_refers_to_assemblies_by_their_real_identity(string name, string token)
    {
        AssemblyName reference = typeof(HeadroomChatClient).Assembly.GetReferencedAssemblies().Single(a => a.Name == name);
        Assert.Equal(token, Convert.ToHexStringLower(reference.GetPublicKeyToken()!));
    }

    private static async Task PackAsync(string output)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string real = typeof(ChatClientBuilder).Assembly.GetName().Version == new Version(10, 4, 0, 0) ? "false" : "true";
        string[] arguments =
        [
            "pack", RepositoryFiles.PathOf("src/Headroom.Extensions.AI/Headroom.Extensions.AI.csproj"), "--no-build", "--no-restore", "-c", configuration, "-o", output,
            "-p:RealPackages=" + real, "-nodeReuse:false", "-v", "quiet",
        ];
        using Process pack = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> said = pack.StandardOutput.ReadToEndAsync(), complained = pack.StandardError.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, await said + await complained);
    }
}
