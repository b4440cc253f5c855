using System;
using System.IO;
using MeshNode.Tool.Storage;
using nanoFramework.TestFramework;

namespace MeshNode.Storage;

/// <summary>The journal in real files.</summary>
[TestClass]
public class DirectoryMediumTests
{
    [TestMethod]
    public void Journal_IsThereForTheNextProcess()
    {
        InFolder(folder =>
        {
            for (int i = 0; i < 30; i++)
            {
                using DirectoryMedium medium = new(folder);
                ModelState state = new(medium);
                Assert.IsTrue(state.Journal.Open() == (i == 0 ? JournalVerdict.Empty : JournalVerdict.Loaded));
                Assert.AreEqual(i, state.Values.Count);
                state.Set(i, new byte[100]);
                Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);

                for (int j = 0; j < 20; j++)
                {
                    state.Set(i, [(byte)i, (byte)j]);
                    Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
                }
            }

            using DirectoryMedium last = new(folder);
            ModelState opened = ModelState.Opened(last);
            Assert.AreEqual("0713", opened.Values[7]);
            Assert.IsTrue(opened.Journal.Generation > 1);
            Assert.AreEqual(1, Directory.GetFiles(folder).Length);
        });
    }

    [TestMethod]
    public void Journal_SurvivesAFileThatIsCutShortAtAnyOctet()
    {
        InFolder(folder =>
        {
            string path;
            byte[] content;
            string before;
            string after;

            using (DirectoryMedium medium = new(folder))
            {
                ModelState state = ModelState.Opened(medium);
                state.Set(1, [1, 1, 1]);
                state.Journal.Commit();
                before = state.Text;
                path = Directory.GetFiles(folder)[0];
                int length = medium.Length(0);
                state.Set(2, [2, 2, 2]);
                state.Journal.Commit();
                after = state.Text;
                medium.Dispose();
                content = File.ReadAllBytes(path);
                Assert.IsTrue(content.Length > length);

                for (int i = length; i <= content.Length; i++)
                {
                    File.WriteAllBytes(path, content[..i]);
                    using DirectoryMedium cut = new(folder);
                    ModelState opened = ModelState.Opened(cut);
                    Assert.AreEqual(i == content.Length ? after : before, opened.Text);
                    opened.Set(3, [3]);
                    Assert.IsTrue(opened.Journal.Commit() == JournalVerdict.Written);
                    cut.Dispose();
                    using DirectoryMedium next = new(folder);
                    Assert.AreEqual(opened.Text, ModelState.Opened(next).Text);
                    next.Dispose();
                    Array.ForEach(Directory.GetFiles(folder), File.Delete);
                }
            }
        });
    }

    [TestMethod]
    public void File_ThatCannotBeReadIsAFailureNotAnEmptyJournal()
    {
        InFolder(folder =>
        {
            using (DirectoryMedium medium = new(folder))
            {
                ModelState.Opened(medium).Journal.Compact();
            }

            string path = Directory.GetFiles(folder)[0];

            // Someone else has it open.
            using FileStream other = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            using DirectoryMedium second = new(folder);
            Assert.IsTrue(new ModelState(second).Journal.Open() == JournalVerdict.ReadFailed);
        });
    }

    private static void InFolder(Action<string> test)
    {
        string folder = Directory.CreateTempSubdirectory("journal").FullName;

        try
        {
            test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
