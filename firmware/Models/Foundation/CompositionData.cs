using MeshNode.Access;
using MeshNode.UpperTransport;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// The pages of the Composition Data state, made from the elements and models of the node. See Mesh Protocol 1.1, section 4.2.2.
    /// </summary>
    /// <remarks>The node never changes what it is made of, so pages 128 and 129 are those of 0 and 1.</remarks>
    public static class CompositionData
    {
        /// <summary>Page 0: what the node is, and its elements and models.</summary>
        public const int ElementsPage = 0;

        /// <summary>Page 1: which models extend which.</summary>
        public const int RelationsPage = 1;

        /// <summary>Added to the number of a page: what it will be after the next provisioning.</summary>
        public const int FuturePages = 128;

        private const int Features = Heartbeat.RelayFeature | Heartbeat.ProxyFeature;
        private const int LongFormat = 0x02;
        private const int CountShift = 2;
        private const int ShortIndexShift = 3;
        private const int MaxShortIndex = 31;
        private const int MinShortOffset = -4;
        private const int MaxShortOffset = 3;
        private const int ShortOffsetMask = 0x07;

        /// <summary>The page that is sent when a page is asked for: the largest that is no larger. See Mesh Protocol 1.1, section 4.4.1.2.2.</summary>
        /// <param name="page">0 to 255.</param>
        public static int AvailablePage(int page)
        {
            int first = page & FuturePages;

            return page == first ? first : first + RelationsPage;
        }

        /// <summary>Writes a page.</summary>
        /// <param name="page">0, 1, 128 or 129.</param>
        /// <param name="replaySources">CRPL.</param>
        /// <returns>Octets written, without the number of the page.</returns>
        public static int Encode(Composition composition, int page, int replaySources, byte[] data, int offset)
        {
            int at = offset;
            bool relations = (page & RelationsPage) != 0;

            if (!relations)
            {
                LittleEndian.WriteUInt16(data, at, composition.Company);
                LittleEndian.WriteUInt16(data, at + 2, composition.Product);
                LittleEndian.WriteUInt16(data, at + 4, composition.Version);
                LittleEndian.WriteUInt16(data, at + 6, replaySources);
                LittleEndian.WriteUInt16(data, at + 8, Features);
                at += 10;
            }

            for (int i = 0; i < composition.Count; i++)
            {
                Element element = composition[i];

                if (!relations)
                {
                    LittleEndian.WriteUInt16(data, at, element.Location);
                    at += 2;
                }

                int sigModels = CountOf(element, true);
                data[at] = (byte)sigModels;
                data[at + 1] = (byte)(element.Count - sigModels);
                at = EncodeModels(element, true, relations, data, at + 2);
                at = EncodeModels(element, false, relations, data, at);
            }

            return at - offset;
        }

        private static int EncodeModels(Element element, bool sig, bool relations, byte[] data, int at)
        {
            for (int i = 0; i < element.Count; i++)
            {
                Model model = element[i];

                if (IsSig(model) != sig)
                {
                    continue;
                }

                if (relations)
                {
                    at = EncodeRelations(model, data, at);

                    continue;
                }

                if (!sig)
                {
                    LittleEndian.WriteUInt16(data, at, model.Company);
                    at += 2;
                }

                LittleEndian.WriteUInt16(data, at, model.Id);
                at += 2;
            }

            return at;
        }

        // One item for each model that it extends: how many elements that is before its own, and its place in that element.
        private static int EncodeRelations(Model model, byte[] data, int at)
        {
            bool isLong = false;

            for (int i = 0; i < model.BaseCount; i++)
            {
                int distance = DistanceTo(model, model.Base(i));
                isLong |= distance < MinShortOffset || distance > MaxShortOffset || IndexOf(model.Base(i)) > MaxShortIndex;
            }

            data[at++] = (byte)((model.BaseCount << CountShift) | (isLong ? LongFormat : 0));

            for (int i = 0; i < model.BaseCount; i++)
            {
                int distance = DistanceTo(model, model.Base(i));
                int index = IndexOf(model.Base(i));

                if (isLong)
                {
                    data[at++] = (byte)distance;
                    data[at++] = (byte)index;
                }
                else
                {
                    data[at++] = (byte)((distance & ShortOffsetMask) | (index << ShortIndexShift));
                }
            }

            return at;
        }

        private static int DistanceTo(Model model, Model extended)
        {
            return model.Element.Index - extended.Element.Index;
        }

        // The place on page 0: models of the SIG come first.
        private static int IndexOf(Model model)
        {
            Element element = model.Element;
            bool sig = IsSig(model);
            int index = sig ? 0 : CountOf(element, true);

            for (int i = 0; element[i] != model; i++)
            {
                if (IsSig(element[i]) == sig)
                {
                    index++;
                }
            }

            return index;
        }

        private static int CountOf(Element element, bool sig)
        {
            int count = 0;

            for (int i = 0; i < element.Count; i++)
            {
                if (IsSig(element[i]) == sig)
                {
                    count++;
                }
            }

            return count;
        }

        private static bool IsSig(Model model)
        {
            return model.Company == Model.Sig;
        }
    }
}
